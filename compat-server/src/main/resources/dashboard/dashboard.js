'use strict';

// Shows what the API of this member says, and changes nothing. Texts of others only ever become
// text nodes: a reason that an operator gave must not become part of the page.

const EVERY_MS = 2000;
const LIMIT_MS = 10000;
const RUNGS = ['LEGACY', 'MIRRORING', 'JRAFT', 'FINALIZED'];

const WORDS = {
  en: {
    ladder: 'Where the cluster is', reasons: 'What the next step waits for',
    foretold: 'What real servers would do now', members: 'Members', stacks: 'Both stacks, on this member',
    mirror: 'Mirror', timeline: 'What moved the cluster', nothing: 'Nothing stands in the way.',
    address: 'address', kind: 'kind', version: 'version', phase: 'phase', epoch: 'epoch', state: 'state',
    report: 'last report', leads: 'leads', here: 'this member', services: 'services', instances: 'instances',
    digest: 'digest', equal: 'equal', differ: 'different', ready: 'ready', notReady: 'not ready',
    lag: 'waits to be copied', copied: 'copied', failed: 'tried again', held: 'held', quarantined: 'deletions held back',
    pass: 'last full pass', runs: 'runs on', since: 'since', change: 'do', unreached: 'no answer from this member',
    asked: 'asked at', unknown: 'unknown', notSaved: 'cannot save the last move', broken: 'has stopped', primary: 'primary', idle: 'nothing is mirrored',
    noMoves: 'The cluster has not been moved yet.', fenced: 'fence'
  },
  zh: {
    ladder: '集群所处阶段', reasons: '下一步在等待什么', foretold: '真实服务器此刻会怎样', members: '成员',
    stacks: '本成员上的两个协议栈', mirror: '镜像', timeline: '集群的变更历史', nothing: '没有任何阻碍。',
    address: '地址', kind: '类型', version: '版本', phase: '阶段', epoch: '纪元', state: '状态', report: '最近上报',
    leads: '领导的组', here: '本成员', services: '服务', instances: '实例', digest: '摘要', equal: '一致', differ: '不一致',
    ready: '就绪', notReady: '未就绪', lag: '等待复制', copied: '已复制', failed: '重试', held: '已暂停',
    quarantined: '被暂扣的删除', pass: '上次全量比对', runs: '运行于', since: '自', change: '处理',
    unreached: '本成员没有应答', asked: '查询时间', unknown: '未知', notSaved: '无法保存最近一次变更', broken: '已停止', primary: '主栈',
    idle: '当前没有镜像', noMoves: '集群还没有变更过。', fenced: '栅栏'
  }
};
// ?lang=zh or ?lang=en overrules the browser
const WANTED = new URLSearchParams(location.search).get('lang') || navigator.language;
const LANGUAGE = WANTED.toLowerCase().startsWith('zh') ? 'zh' : 'en';
const word = (key) => WORDS[LANGUAGE][key];

const byId = (id) => document.getElementById(id);

function element(name, text, style) {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  if (style) made.className = style;
  return made;
}

function svg(name, attributes, text) {
  const made = document.createElementNS('http://www.w3.org/2000/svg', name);
  Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
  if (text !== undefined) made.textContent = text;
  return made;
}

function rows(table, head, body) {
  const all = [];
  if (head) {
    const line = element('tr');
    head.forEach((title) => line.append(element('th', title)));
    all.push(line);
  }
  body.forEach((cells) => {
    const line = element('tr');
    cells.forEach((cell) => {
      const [text, style] = Array.isArray(cell) ? cell : [cell];
      line.append(element('td', text === null || text === undefined ? '' : String(text), style));
    });
    all.push(line);
  });
  table.replaceChildren(...all);
}

function ladder(status) {
  const drawn = [];
  const fence = status.fence;
  const at = RUNGS.indexOf(fence ? fence.from : status.phase);
  RUNGS.forEach((rung, i) => {
    const x = 20 + i * 220;
    if (i > 0) {
      drawn.push(svg('line', { x1: x - 60, x2: x, y1: 50, y2: 50, class: i <= at ? 'passed' : '' }));
      const between = fence && [fence.from, fence.to].every((p) => p === RUNGS[i - 1] || p === rung);
      if (between) {
        drawn.push(svg('line', { x1: x - 30, x2: x - 30, y1: 20, y2: 80, class: 'fence' }));
        drawn.push(svg('text', { x: x - 30, y: 105, class: 'small' }, word('fenced')));
      }
    }
    const here = i === at && !fence;
    drawn.push(svg('rect', { x, y: 22, width: 160, height: 56, rx: 6, class: here ? 'here' : '' }));
    drawn.push(svg('text', { x: x + 80, y: 55, class: here ? 'on' : '' }, rung));
    if (here && status.primary) {
      drawn.push(svg('text', { x: x + 80, y: 105, class: 'small' }, word('primary') + ': ' + status.primary));
    }
  });
  byId('ladder').replaceChildren(...drawn);
}

function where(status) {
  byId('where').replaceChildren(
    element('span', word('here') + ' ' + status.member + ' '),
    element('span', status.ready ? word('ready') : word('notReady'), status.ready ? 'good' : 'bad'));
  const because = byId('because');
  because.replaceChildren();
  if (status.held) because.append(element('p', word('held') + ': ' + status.holdReason, 'wait'));
  if (status.notSaved) because.append(element('p', word('notSaved') + ': ' + status.notSaved, 'bad'));
  if (status.broken) because.append(element('p', word('broken') + ': ' + status.broken, 'bad'));
  if (status.phase === 'UNKNOWN') because.append(element('p', word('phase') + ': ' + word('unknown'), 'bad'));
}

function reasons(target, list, lines) {
  target.replaceChildren(...list.map((reason) => {
    const box = element('div', undefined, 'reason');
    lines(reason).filter(([text]) => text).forEach(([text, kind]) => {
      box.append(element(kind === 'code' ? 'code' : 'p', text, kind === 'code' ? '' : kind));
    });
    return box;
  }));
}

function explained(list) {
  reasons(byId('reasons'), list, (one) => [
    [[one.rule, one.step ? '→ ' + one.step : '', one.member || ''].join(' ').trim(), 'rule'],
    [one.evidence],
    [one.since ? word('since') + ' ' + one.since : '', 'soft'],
    [one.change ? word('change') + ': ' + one.change : '', 'soft'],
    [one.command, 'code']]);
  if (list.length === 0) byId('reasons').replaceChildren(element('p', word('nothing'), 'good'));
}

function foretold(list) {
  byId('foretold-section').hidden = list.length === 0;
  reasons(byId('foretold'), list, (one) => [
    [one.check + ' ' + one.member, 'rule'], [one.evidence], [one.danger, 'bad'],
    [word('change') + ': ' + one.advice, 'soft']]);
}

function members(status) {
  const led = {};
  Object.values(status.leaders).forEach((groups) => Object.entries(groups).forEach(([group, leader]) => {
    if (leader) (led[leader] = led[leader] || []).push(group);
  }));
  if (status.transitionLeader) (led[status.transitionLeader] = led[status.transitionLeader] || []).push('catamaran_transition');
  rows(byId('members'),
    [word('address'), word('kind'), word('version'), word('phase'), word('epoch'), word('state'), word('report'), word('leads')],
    status.members.map((one) => [
      one.address + (one.self ? ' *' : ''), one.kind, one.version || word('unknown'), one.phase || '', one.epoch,
      [one.state, one.state === 'UP' ? 'good' : 'bad'],
      one.reportAgeMs === null ? '' : (one.reportAgeMs / 1000).toFixed(1) + ' s',
      (led[one.address] || []).join(', ')]));
}

function stacks(status) {
  const digests = status.digests;
  rows(byId('stacks'), ['', word('services'), word('instances'), word('digest'), ''],
    Object.entries(status.stacks).map(([name, one]) => [
      name, one.services, one.instances, (digests[name] || '').slice(0, 12),
      [digests.equal ? word('equal') : word('differ'), digests.equal ? 'good' : 'wait']]));
}

function mirror(part) {
  if (part.running === false || part.unknown) {
    rows(byId('mirror'), null, [[part.unknown || word('idle')]]);
    return;
  }
  rows(byId('mirror'), null, [
    [word('runs'), part.member + ': ' + part.from + ' → ' + part.to],
    [word('lag'), [part.lagRecords + ' (' + part.lagMs + ' ms)', part.lagRecords > 0 ? 'wait' : 'good']],
    [word('copied'), part.copied], [word('failed'), part.failed],
    [word('quarantined'), [part.quarantined, part.quarantined > 0 ? 'bad' : '']],
    [word('pass'), part.fullPassAt]]);
}

function timeline(moves) {
  const list = moves.slice().reverse().map((move) => {
    const line = element('li');
    const fence = move.to ? ' (' + move.from + ' → ' + move.to + ')' : '';
    const held = move.held ? ' ' + word('held') : '';
    line.append(element('p', move.phase + fence + ' ' + word('epoch') + ' ' + move.epoch + held, 'rule'));
    line.append(element('p', move.because));
    line.append(element('p', [move.at || '', move.by].join(' ').trim(), 'soft'));
    return line;
  });
  byId('timeline').replaceChildren(...(list.length ? list : [element('li', word('noMoves'))]));
}

async function ask(path) {
  const answer = await fetch('/catamaran/v1/' + path, { signal: AbortSignal.timeout(LIMIT_MS), cache: 'no-store' });
  return answer.json();
}

async function look() {
  try {
    const [status, why, preflight, history] = await Promise.all(
      ['status', 'explain', 'preflight', 'history'].map(ask));
    ladder(status);
    where(status);
    explained(why);
    foretold(preflight);
    members(status);
    stacks(status);
    mirror(status.mirror);
    timeline(history.moves);
    byId('age').replaceChildren(element('span', word('asked') + ' ' + new Date().toLocaleTimeString()));
  } catch (failure) {
    byId('age').replaceChildren(element('span', word('unreached') + ' (' + failure.message + ')', 'bad'));
  }
  setTimeout(look, EVERY_MS);
}

document.documentElement.lang = LANGUAGE;
document.querySelectorAll('[data-label]').forEach((title) => { title.textContent = word(title.dataset.label); });
look();
